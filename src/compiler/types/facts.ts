/**
 * What the real compiler concluded about a package of Go's library: the shape of the generated files in src/std/facts.
 *
 * Conclusions only, never statements (decisions.md 15). The meaning of each field is in the table of compiler.md 13; the
 * generator is test/oracle/facts. The checker reads signatures and types, the inliner `cost`/`i`/`intr`, escape analysis `n`/`g`/`tag`.
 */

/** Index into `PackageFacts.types`. */
export type TypeIndex = number;

/** One type of the table; fields refer to other entries by index. */
export type TypeFacts =
  | { readonly k: "basic"; readonly name: string }
  /** Another package's named type, by path and name (with type arguments for an instance). */
  | { readonly k: "ref"; readonly path: string; readonly name: string; readonly args?: readonly TypeIndex[] }
  | { readonly k: "ptr" | "slice"; readonly elem: TypeIndex }
  | { readonly k: "array"; readonly elem: TypeIndex; readonly len: number }
  | { readonly k: "map"; readonly key: TypeIndex; readonly elem: TypeIndex }
  | { readonly k: "chan"; readonly elem: TypeIndex; readonly dir: "both" | "send" | "recv" }
  /** `n` name, `t` type, `e` embedded, `g` tag; `p` the package path of an unexported name if not this one. */
  | { readonly k: "struct"; readonly fields: readonly FieldFacts[] }
  | { readonly k: "func"; readonly sig: SignatureFacts }
  | { readonly k: "iface"; readonly methods: readonly { readonly n: string; readonly p?: string; readonly sig: SignatureFacts }[]; readonly embeds: readonly TypeIndex[]; readonly implicit?: boolean }
  | { readonly k: "union"; readonly terms: readonly { readonly tilde?: boolean; readonly t: TypeIndex }[] }
  /** The n-th type parameter of the generic declaration around it (`owner` names it). */
  | { readonly k: "tparam"; readonly owner: string; readonly index: number };

export interface FieldFacts { readonly n: string; readonly t: TypeIndex; readonly e?: boolean; readonly g?: string; readonly p?: string }
export interface SignatureFacts {
  readonly params: readonly { readonly n: string; readonly t: TypeIndex }[];
  readonly results: readonly { readonly n: string; readonly t: TypeIndex }[];
  readonly variadic?: boolean;
}
export interface TypeParamFacts { readonly n: string; readonly constraint: TypeIndex }

/** A declared type: named, or an alias. Unexported ones that exported things reach are here too. */
export interface NamedFacts {
  readonly name: string;
  readonly alias?: boolean;
  readonly tparams?: readonly TypeParamFacts[];
  readonly t: TypeIndex;
  /** Methods, exported and not, in source order: index into `funcs`, or only a name and signature where there is no function. */
  readonly methods: readonly number[];
}

/** A summary node: [kind, text, depth, index in `i`, extra]. */
export type SummaryNode = readonly [string, string, number, number, Readonly<Record<string, unknown>>?];

/**
 * What is known of a call upon the result of another call: of the function that was returned, or of a method of what was returned.
 * Its nodes are the parameters of both calls, the results, the nodes of the first call, and its own.
 */
export type ResultFacts = Pick<FuncFacts, "i" | "c" | "n" | "g" | "pc" | "rn" | "t" | "self" | "par" | "clop" | "ci" | "t0" | "bce"> & {
  readonly params: number;
  readonly results: number;
};

/** Dereferences, the variable that the flow passes then (empty: it has arrived), and contexts: text, reason, place if not the call's. */
export type FlowSegment = readonly [number, string, ...(readonly string[])[]];

/** Memory for what a function returns. */
export interface Placed {
  readonly size: number;
  /** Offsets of pointer words. */
  readonly pointers: readonly number[];
  /** Where its parameters are stored, if nothing else is: then a call with constants can be laid out before the program runs. */
  readonly fields?: readonly { readonly offset: number; readonly param: number }[];
  /** The interface that is returned and the type of the pointer in it, by id; absent where the pointer itself is returned. */
  readonly result?: { readonly iface: string; readonly type: string };
}

export interface FuncFacts {
  /** `Println`, or the method's name. */
  readonly name: string;
  /** Receiver's type name, with a leading `*` for a pointer receiver. */
  readonly recv?: string;
  /** Name of the receiver, where it has one. */
  readonly rname?: string;
  /** Where a method declares its named receiver and parameters: `file:line:col`, then `line:col` of each, or the column alone on the same line. */
  readonly pp?: string;
  readonly tparams?: readonly TypeParamFacts[];
  /** Names of the receiver's type parameters, for methods of generic types. */
  readonly rtparams?: readonly string[];
  readonly sig: SignatureFacts;
  /** Of a generic function or method: where it is declared, `$GOROOT/src/slices/slices.go:117:6`. The summary is that of its probe. */
  readonly at?: string;
  /** Of an instance: a dictionary is passed at this index, of which the summary knows nothing. */
  readonly dictionary?: number;
  readonly pragma?: readonly string[];
  /** Not from Go: our own text of the function has a form whose caller gives the memory for the literal that it returns (lower/placed.ts). */
  place?: Placed;
  /** An exported function or method without type parameters for which no summary could be made: nothing is known of its arguments. */
  readonly unknown?: boolean;
  readonly cost?: number;
  /** Called by its name it is an instruction; the rest says what inlining does where it is called as a value. */
  readonly intr?: boolean;
  readonly i?: readonly (readonly [string, number, number?])[];
  readonly c?: readonly number[];
  readonly n?: readonly SummaryNode[];
  readonly g?: readonly number[];
  readonly tag?: readonly number[];
  /** What each edge of `g` passes inside the body, for explanations: 0 if that is not known, 1 if it only gives a parameter its variable. */
  readonly why?: readonly (0 | 1 | readonly FlowSegment[])[];
  /** The left side of the assignment of the arguments, then the variable of each parameter. */
  readonly pn?: readonly string[];
  /** The variables of the results. */
  readonly an?: readonly string[];
  readonly pc?: readonly (readonly unknown[])[];
  readonly rn?: readonly string[];
  readonly rs?: readonly unknown[];
  readonly t?: readonly (string | null)[];
  /** The dynamic type of the result shows as soon as the body itself is there, before what it inlines in turn. */
  readonly t0?: boolean;
  readonly self?: readonly unknown[];
  readonly bce?: number;
  /** Places of those in closures that inlined bodies make: they are compiled for themselves. */
  readonly bcep?: readonly string[];
  readonly par?: readonly unknown[];
  readonly clop?: readonly unknown[];
  /** What closures of the inlined body capture: text, by value, address taken, reassigned, width. */
  readonly cap?: readonly (readonly [string, number, number, number, number])[];
  /** Places of closures that inlined bodies construct and call: `[index in i, place]`; they are said to be inlinable there. */
  readonly ci?: readonly (readonly [number, string])[];
  /** Instances that the inlined body mentions, by name, of a function that is none itself. */
  readonly mi?: readonly string[];
  /** Of a function that returns a function: a call of that. */
  readonly then?: ResultFacts;
  /** Of a function that returns an iterator: calls of functions that it is passed to at once, by their names. */
  readonly passed?: Readonly<Record<string, ResultFacts>>;
  /** Of a function that returns an interface of known dynamic type: calls of its methods. */
  readonly methods?: Readonly<Record<string, ResultFacts>>;
  /** Of a call upon a result: how many parameters the first call has, and how many of these are named z0, z1 …; `argument`: the result is the argument. */
  readonly base?: { readonly params: number; readonly named: number; readonly argument?: boolean };
}

/**
 * What the compiler prints about an instance of a generic function, made in the user's package from a body that is not here. Of
 * generic functions there is a probe with int16 (int32, int8) for its type parameters; the name says which instance it is.
 */
export interface InstanceFacts {
  /** `slices.Contains[go.shape.[]int16,go.shape.int16]`, as messages print it. */
  readonly name: string;
  /** Calls the shaped instance with a dictionary. */
  readonly w?: boolean;
  /** Words of the dictionary that is passed to it. */
  readonly d?: number;
  /** Not a function: all wrappers of a type's methods. */
  readonly t?: boolean;
  /** Not a function: a type. */
  readonly y?: boolean;
  readonly cost?: number;
  /** Instances that its body mentions, in order, by name. */
  readonly m?: readonly string[];
  /** The same once calls have been inlined, where it differs. */
  readonly n?: readonly string[];
  /**
   * What is read with it, and with its body: a letter and a name. F and T are objects, P is a body that waits on the stack, D a dictionary, by
   * the object that is read with it, Y a type that needs wrappers.
   */
  readonly o?: readonly string[];
  readonly r?: readonly string[];
  /** Lines of inlinability, of inlining, and of escape analysis; positions begin with $GOROOT. */
  readonly c?: readonly string[];
  readonly l?: readonly string[];
  readonly e?: readonly string[];
  /** Those of escape analysis under -l, where they are others. */
  readonly el?: readonly string[];
  /** Lines of the back end: index expressions without check. */
  readonly b?: readonly string[];
}

/** What -m=2 prints about an instance, where that differs. A body is no conclusion: the line of an inlinable function ends with the cost. */
export type VerboseFacts = Pick<InstanceFacts, "t" | "c" | "l" | "e">;

export interface PackageFacts {
  /** `go1.26.8`; facts of different versions are never mixed. */
  readonly go: string;
  readonly path: string;
  readonly name: string;
  readonly imports: readonly string[];
  /** Unexported names in the package's scope: a selector finds them and is told that they are not exported. */
  readonly hidden?: readonly string[];
  readonly types: readonly TypeFacts[];
  readonly named: readonly NamedFacts[];
  readonly funcs: readonly FuncFacts[];
  readonly vars: readonly { readonly name: string; readonly t: TypeIndex }[];
  /** Instances of generic functions that using this package, or its probes, brings. */
  readonly instances?: readonly InstanceFacts[];
  /** Value as Go's constant text: exact (`go/constant` ExactString), strings quoted. */
  readonly consts: readonly { readonly name: string; readonly t: TypeIndex; readonly v: string }[];
}

/** The port through which the compiler reaches Go's library. `lab` hands it `std`. */
export interface Importer {
  /** The facts of a package; undefined where there is no such package. */
  facts(path: string): PackageFacts | undefined;
  /** What -m=2 prints about the instances of a package, by their names. */
  verbose?(path: string): ReadonlyMap<string, VerboseFacts>;
  /** Our own Go text of a package, where there is one: bodies of generic functions are made from it. */
  source?(path: string): readonly { readonly name: string; readonly text: string }[];
  /** Every import path there is. */
  paths(): readonly string[];
}
