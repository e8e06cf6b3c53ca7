package main

import (
	"context"
	"errors"

	"gallerist/builder"
	"gallerist/builder/gitlog"
)

// findHistory returns what asks git for the history of a site's folder. It is
// asked only where site.toml wants it, and reads the log again only when there is
// another commit.
func findHistory(dir string) func(context.Context) (*builder.History, error) {
	var head string
	var last *builder.History
	return func(ctx context.Context) (*builder.History, error) {
		repo, err := gitlog.Open(ctx, dir)
		if err == nil && last != nil {
			if now, err := repo.Head(ctx); err == nil && now == head {
				return last, nil
			}
		}
		var h *gitlog.History
		if err == nil {
			h, err = repo.History(ctx, "content")
		}
		switch {
		case ctx.Err() != nil:
			return nil, context.Cause(ctx)
		case errors.Is(err, gitlog.ErrShallow):
			return nil, &builder.NoHistory{Why: "this clone does not have all commits", Hint: gitlog.Hint(err)}
		case err != nil:
			return nil, &builder.NoHistory{Why: err.Error(), Hint: gitlog.Hint(err)}
		}
		past := &builder.History{Approved: make(map[string]builder.Approval, len(h.Approved)), Changed: h.Changed}
		for id, a := range h.Approved {
			past.Approved[id] = builder.Approval(a)
		}
		head, last = h.Head, past
		return past, nil
	}
}
