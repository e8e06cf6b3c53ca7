package lang

// genitive returns the genitive of a Russian given name, or false where the
// form is not certain.
func genitive(name, gender string) (string, bool) { return "", false }
