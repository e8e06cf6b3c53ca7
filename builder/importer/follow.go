package importer

import (
	"path"

	"gallerist/builder/source"
)

// follow makes keys that name a file name it as it is called now, and notes
// files that are missing among what else is kept below [extra], where there is
// any. It returns those that are not noted yet.
func (e *Entry) follow(files []file, missing []string) []string {
	now := map[string]string{}
	for _, x := range files {
		if key := source.Fold(x.Name); x.name != "" && now[key] == "" {
			now[key] = x.name
		}
	}
	rename := func(v any) {
		if table, ok := v.(map[string]any); ok {
			if old, ok := table["file"].(string); ok && now[source.Fold(path.Base(old))] != "" {
				table["file"] = now[source.Fold(path.Base(old))]
			}
		}
	}
	rename(e.Front["product"])
	if list, ok := e.Front["product"].([]any); ok {
		for _, v := range list {
			rename(v)
		}
	}
	extra, ok := e.Front["extra"].(map[string]any)
	if !ok || len(missing) == 0 {
		return missing
	}
	extra[missingKey] = missing
	return nil
}
