package theme

import (
	"bytes"
	"html/template"
	"reflect"
	"strings"
	"text/template/parse"

	"gallerist/builder/lazyregexp"
)

// walk calls visit for a node and all below it.
func walk(n parse.Node, visit func(parse.Node)) {
	if n == nil || reflect.ValueOf(n).IsNil() {
		return
	}
	visit(n)
	switch n := n.(type) {
	case *parse.ListNode:
		for _, c := range n.Nodes {
			walk(c, visit)
		}
	case *parse.ActionNode:
		walk(n.Pipe, visit)
	case *parse.PipeNode:
		for _, c := range n.Cmds {
			walk(c, visit)
		}
	case *parse.CommandNode:
		for _, a := range n.Args {
			walk(a, visit)
		}
	case *parse.ChainNode:
		walk(n.Node, visit)
	case *parse.TemplateNode:
		walk(n.Pipe, visit)
	case *parse.IfNode:
		walkBranch(&n.BranchNode, visit)
	case *parse.RangeNode:
		walkBranch(&n.BranchNode, visit)
	case *parse.WithNode:
		walkBranch(&n.BranchNode, visit)
	}
}

func walkBranch(n *parse.BranchNode, visit func(parse.Node)) {
	walk(n.Pipe, visit)
	walk(n.List, visit)
	walk(n.ElseList, visit)
}

// squeeze takes the white space between lines out of a file's templates, once
// for all pages. A file in which white space may matter is left as it is.
func (f *file) squeeze() {
	f.once.Do(func() {
		if keepsSpace().Match(f.text) {
			return
		}
		for _, tree := range f.trees {
			walk(tree.Root, func(n parse.Node) {
				if text, ok := n.(*parse.TextNode); ok {
					text.Text = squeezeText(text.Text)
				}
			})
		}
	})
}

const blocks = `(?:html|head|body|meta|link|title|script|main|header|footer|nav|section|article|aside|` +
	`ul|ol|li|dl|dt|dd|div|figure|figcaption|h[1-6]|p|blockquote|hr|source|picture)\b`

var (
	keepsSpace  = lazyregexp.New(`(?i)<(?:pre|textarea|script|style)\b`)
	spaces      = lazyregexp.New(`\s*\n\s*`)
	aroundBlock = lazyregexp.New(`\s*(</?` + blocks + `[^<>]*>)\s*`)
	beforeBlock = lazyregexp.New(`\s+(</?` + blocks + `)`)
)

// squeezeText leaves one line break of white space that has line breaks, and
// none beside the tags of blocks, where a browser shows none.
func squeezeText(text []byte) []byte {
	text = spaces().ReplaceAll(text, []byte("\n"))
	text = aroundBlock().ReplaceAll(text, []byte("$1"))
	return bytes.Clone(beforeBlock().ReplaceAll(text, []byte("$1")))
}

// fold replaces the calls {{t "key"}} of a template by the label, so that
// pages need not look it up again. Labels with characters that a template
// would escape stay calls.
func fold(list *parse.ListNode, words Words) {
	if list == nil {
		return
	}
	for i, n := range list.Nodes {
		switch n := n.(type) {
		case *parse.ActionNode:
			if text := constant(n.Pipe, words); text != nil {
				list.Nodes[i] = text
			}
		case *parse.IfNode:
			foldBranch(&n.BranchNode, words)
		case *parse.RangeNode:
			foldBranch(&n.BranchNode, words)
		case *parse.WithNode:
			foldBranch(&n.BranchNode, words)
		}
	}
}

func foldBranch(n *parse.BranchNode, words Words) {
	fold(n.List, words)
	fold(n.ElseList, words)
}

// constant returns the words that a call {{t "key"}} always gives, or nil.
func constant(p *parse.PipeNode, words Words) parse.Node {
	if len(p.Decl) > 0 || len(p.Cmds) != 1 || len(p.Cmds[0].Args) != 2 {
		return nil
	}
	key, ok := labelKey(p.Cmds[0])
	if !ok || p.Cmds[0].Args[0].(*parse.IdentifierNode).Ident != "t" {
		return nil
	}
	label := words.Label(key)
	if label == "" || label != template.HTMLEscapeString(label) || strings.ContainsAny(label, "`\\={}") {
		return nil
	}
	// Parsed, as a node made by hand has no tree, which errors are placed by.
	trees, err := parse.Parse(key, label, "", "")
	if err != nil {
		return nil
	}
	return trees[key].Root.Nodes[0]
}
