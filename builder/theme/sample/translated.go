package sample

import (
	"reflect"
	"strings"

	"gallerist/builder/theme"
)

// translated are pages whose texts are in another language than the page: each
// layout once, and the states that have more texts than that one. On pages that read from the left they read from the right, and the
// other way round.
func (m maker) translated() []View {
	other := maker{m.Options, tongueOf("ar")}
	if m.tag == "ar" {
		other = maker{m.Options, tongueOf("en")}
	}
	var all []View
	done := map[string]bool{}
	for _, v := range other.views() {
		state := "texts in another language"
		if v.Layout == "submission" || v.Layout == "call" || v.State == withSessions {
			state = v.State + ", " + state
		} else if done[v.Layout] {
			continue
		}
		done[v.Layout] = true
		data := reflect.ValueOf(v.Data)
		tell(data, other.tag)
		base := data.Elem().FieldByName("Base")
		page := base.Interface().(theme.Base).Page
		mine := m.base(page.Title)
		mine.Page = page
		base.Set(reflect.ValueOf(mine))
		all = append(all, View{v.Layout, state, m.tag, v.Data})
	}
	return all
}

// tell says of every text whose language a view can tell that it is in a language.
func tell(v reflect.Value, tag string) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			tell(v.Elem(), tag)
		}
	case reflect.Slice:
		for i := range v.Len() {
			tell(v.Index(i), tag)
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[theme.Base]() {
			return
		}
		for i := range v.NumField() {
			f := v.Type().Field(i)
			switch {
			case !f.IsExported():
			case f.Type.Kind() == reflect.String && strings.HasSuffix(f.Name, "Lang"):
				if v.Field(i).String() == "" {
					v.Field(i).SetString(tag)
				}
			default:
				tell(v.Field(i), tag)
			}
		}
	}
}
