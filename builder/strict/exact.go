package strict

// Exact returns a document as plain data, every text as it stands: string,
// int64, float64, bool, Stamp, nil, []any or map[string]any.
func (t *Table) Exact() map[string]any {
	if t == nil {
		return nil
	}
	out := make(map[string]any, len(t.entries))
	for i := range t.entries {
		out[t.entries[i].key] = exact(t.entries[i].any())
	}
	return out
}

func exact(v any) any {
	switch v := v.(type) {
	case *Table:
		return v.Exact()
	case []any:
		out := make([]any, len(v))
		for i, x := range v {
			out[i] = exact(x)
		}
		return out
	}
	return v
}
