/** The actions of all rules of grammar/go.ohm, by rule, and how many parameters each takes. */
import { declarationActions } from "./actions-decl.ts";
import { expressionActions } from "./actions-expr.ts";
import { statementActions } from "./actions-stmt.ts";
import { typeActions } from "./actions-type.ts";

/** An action: its parameters are the parse, the first token, and the children of the rule. */
type Actions = Readonly<Record<string, { readonly length: number }>>;

export const actions: Actions = { ...declarationActions, ...typeActions, ...statementActions, ...expressionActions };
