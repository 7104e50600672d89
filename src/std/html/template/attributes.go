package template

import "strings"

// attributes names those of HTML by what their values are; names that are in no list hold plain text.
var attributes = func() map[string]content {
	all := map[string]content{"srcdoc": isHTML, "srcset": isSrcset, "style": isCSS}
	for of, names := range map[content]string{
		isURL: "action archive background cite classid codebase data formaction href icon longdesc manifest poster profile src usemap xmlns",
		unsafe: "accept-charset async challenge charset content crossorigin defer enctype form formenctype formmethod formnovalidate http-equiv keytype language method novalidate pattern rel sandbox " +
			"type value",
		plain: "accept alt autocomplete autofocus autoplay border checked class cols colspan contenteditable contextmenu controls coords datetime default dir dirname disabled draggable dropzone for " +
			"formtarget headers height hidden high hreflang id ismap kind label lang list loop low max maxlength media mediagroup min multiple name open optimum placeholder preload pubdate " +
			"radiogroup readonly required reversed rows rowspan spellcheck scope scoped seamless selected shape size sizes span srclang start step tabindex target title width wrap",
	} {
		for _, name := range strings.Fields(names) {
			all[name] = of
		}
	}
	return all
}()

// attributeContent answers what the value of an attribute is, by its name in lower case.
func attributeContent(name string) content {
	if own, ok := strings.CutPrefix(name, "data-"); ok {
		name = own
	} else if space, local, ok := strings.Cut(name, ":"); ok {
		if space == "xmlns" {
			return isURL
		}
		name = local
	}
	if known, ok := attributes[name]; ok {
		return known
	}
	if strings.HasPrefix(name, "on") {
		return isJS
	}
	for _, part := range []string{"src", "uri", "url"} {
		if strings.Contains(name, part) {
			return isURL
		}
	}
	return plain
}

// scriptTypes are the values of a script's type with which it is JavaScript, or data in its form.
const scriptTypes = " application/ecmascript application/javascript application/json application/ld+json application/x-ecmascript application/x-javascript module text/ecmascript text/javascript " +
	"text/javascript1.0 text/javascript1.1 text/javascript1.2 text/javascript1.3 text/javascript1.4 text/javascript1.5 text/jscript text/livescript text/x-ecmascript text/x-javascript "

func isScriptType(kind string) bool {
	kind, _, _ = strings.Cut(kind, ";")
	kind = strings.TrimSpace(strings.ToLower(kind))
	return kind == "" || !strings.Contains(kind, " ") && strings.Contains(scriptTypes, " "+kind+" ")
}
