package review

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"embed"
	"errors"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"gallerist/builder"
	"gallerist/builder/gallery"
)

//go:embed page
var page embed.FS

// Options say what is reviewed and by whom. FS, Write, Desk, Hosts and Clock are
// needed.
type Options struct {
	Desk  *builder.Desk
	FS    fs.FS // the site's folder
	Write func(name string, data []byte) error
	Only  string   // folder below content of a gallery or series; "" = all
	By    string   // who decides, as it is written; "" = nobody is named
	Hosts []string // what a Host header may say
	Clock func() time.Time
}

// Server answers what the page asks. Its requests for pages are served one at a
// time, those for pictures together.
type Server struct {
	opt    Options
	token  string // in the address that is printed
	cookie string // what it is exchanged for
	form   string // in every form
	hosts  map[string]bool
	making chan struct{} // holds one for each picture that is being made
	news   chan struct{} // holds one where there is something to compare

	mu      sync.Mutex // guards what follows
	board   *board
	deeds   []deed
	said    notice // to be told on the next page
	written int    // files, since the start
	alike   *alike
}

// notice is what happened, told on the next page.
type notice struct {
	Text string
	Bad  bool
}

// NewServer reads the folder.
func NewServer(ctx context.Context, opt Options) (*Server, error) {
	s := &Server{
		opt: opt, token: rand.Text(), cookie: rand.Text(), form: rand.Text(), hosts: map[string]bool{},
		making: make(chan struct{}, max(1, runtime.GOMAXPROCS(0))), board: newBoard(opt.Desk, opt.FS, opt.Clock, opt.Only), alike: newAlike(),
	}
	s.news = make(chan struct{}, 1)
	s.board.news = s.news
	for _, host := range opt.Hosts {
		s.hosts[strings.ToLower(host)] = true
	}
	return s, s.board.refresh(ctx)
}

// Address is the path, with its query, of the first page.
func (s *Server) Address() string { return "enter?token=" + s.token }

// Counts returns how many pieces there are to review and how many of them are
// decided.
func (s *Server) Counts() (decided, all int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.board.progress(filter{State: Waiting})
}

// Written returns how many changes were written.
func (s *Server) Written() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.written
}

// Galleries returns the folders of the galleries on the sheet.
func (s *Server) Galleries() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var dirs []string
	for _, g := range s.board.titles {
		dirs = append(dirs, g.Dir)
	}
	return dirs
}

// maxForm is how large a form may be, in bytes: two hundred media with their
// texts.
const maxForm = 512 << 10

// ServeHTTP guards all answers. It is no http.ServeMux, which would tidy
// addresses up before they are looked at.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Robots-Tag", "noindex")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Content-Security-Policy", "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'self'; script-src 'self'; "+
		"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
	if !s.hosts[strings.ToLower(r.Host)] {
		http.Error(w, say("guard.host"), http.StatusForbidden)
		return
	}
	switch r.Method {
	case http.MethodGet, http.MethodHead:
		s.get(w, r)
	case http.MethodPost:
		s.post(w, r)
	default:
		h.Set("Allow", "GET, HEAD, POST")
		http.Error(w, say("guard.method"), http.StatusMethodNotAllowed)
	}
}

// cookieName holds the port: cookies of one host are the same at all its ports.
func cookieName(r *http.Request) string {
	_, port, _ := net.SplitHostPort(r.Host) // a host without one is at port 80
	return "gallerist-review-" + port
}

func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// known says whether a request comes from a browser that had the token.
func (s *Server) known(r *http.Request) bool {
	c, err := r.Cookie(cookieName(r))
	return err == nil && same(c.Value, s.cookie)
}

func (s *Server) get(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case "/enter":
		s.enter(w, r)
		return
	case "/review.css", "/review.js", "/picture.js":
		s.asset(w, r)
		return
	case "/favicon.ico":
		w.WriteHeader(http.StatusNoContent)
		return
	}
	if !s.known(r) {
		s.stranger(w)
		return
	}
	switch parts := strings.Split(strings.TrimPrefix(r.URL.Path, "/"), "/"); {
	case r.URL.Path == "/":
		s.locked(w, r, s.sheet)
	case len(parts) == 2 && parts[0] == "piece":
		s.locked(w, r, func(w http.ResponseWriter, r *http.Request) error { return s.piece(w, r, parts[1]) })
	case len(parts) == 4 && (parts[0] == "picture" || parts[0] == "file"):
		s.medium(w, r, parts[0], parts[1], parts[2], parts[3])
	default:
		s.missing(w)
	}
}

// enter exchanges the token for a cookie. The page that follows is asked for by a
// page of this origin, so that the cookie goes with it wherever the address was
// followed from.
func (s *Server) enter(w http.ResponseWriter, r *http.Request) {
	if !same(r.URL.Query().Get("token"), s.token) {
		s.stranger(w)
		return
	}
	http.SetCookie(w, &http.Cookie{Name: cookieName(r), Value: s.cookie, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode})
	s.show(w, http.StatusOK, "enter", nil)
}

func (s *Server) stranger(w http.ResponseWriter) {
	s.show(w, http.StatusForbidden, "message", message{say("guard.title"), say("guard.token")})
}

func (s *Server) missing(w http.ResponseWriter) {
	s.show(w, http.StatusNotFound, "message", message{say("missing.title"), say("missing.text")})
}

// locked answers with the board to oneself.
func (s *Server) locked(w http.ResponseWriter, r *http.Request, answer func(http.ResponseWriter, *http.Request) error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	err := answer(w, r)
	switch {
	case err == nil, r.Context().Err() != nil:
	case errors.Is(err, fs.ErrNotExist):
		s.missing(w)
	default:
		s.show(w, http.StatusInternalServerError, "message", message{say("broken.title"), err.Error()})
	}
}

// post makes changes. Whoever makes them was on a page of this server: the cookie,
// the origin and the form say so.
func (s *Server) post(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	switch {
	case !s.known(r):
		s.stranger(w)
		return
	case !s.ownOrigin(r):
		http.Error(w, say("guard.origin"), http.StatusForbidden)
		return
	case r.ParseForm() != nil:
		http.Error(w, say("guard.form"), http.StatusBadRequest)
		return
	case !same(r.PostForm.Get("form"), s.form):
		s.show(w, http.StatusForbidden, "message", message{say("guard.title"), say("guard.stale")})
		return
	}
	switch parts := strings.Split(strings.TrimPrefix(r.URL.Path, "/"), "/"); {
	case r.URL.Path == "/undo":
		s.locked(w, r, s.takeBack)
	case r.URL.Path == "/bulk":
		s.locked(w, r, s.bulk)
	case len(parts) == 2 && parts[0] == "piece":
		s.locked(w, r, func(w http.ResponseWriter, r *http.Request) error { return s.decide(w, r, parts[1]) })
	default:
		s.missing(w)
	}
}

// ownOrigin says whether a page of this server sends the request.
func (s *Server) ownOrigin(r *http.Request) bool {
	u, err := url.Parse(r.Header.Get("Origin"))
	return err == nil && u.Scheme == "http" && strings.EqualFold(u.Host, r.Host)
}

// decide writes what the large view's form asks for.
func (s *Server) decide(w http.ResponseWriter, r *http.Request, key string) error {
	e, src, err := s.read(r.Context(), key)
	if err != nil {
		return err
	}
	f := parseFilter(r.URL.Query())
	do, set := r.PostForm.Get("do"), changedFields(r.PostForm)
	a := asked{set: set, who: s.opt.By, today: s.today()}
	name, found := "", false
	if name, found = strings.CutPrefix(do, "up:"); found {
		a.move, a.by = name, -1
	} else if name, found = strings.CutPrefix(do, "down:"); found {
		a.move, a.by = name, 1
	}
	if status, ok := decisions[do]; ok {
		a.status = status
	}
	if r.PostForm.Get("base") != version(src) {
		return s.conflict(w, e, src, f, r.PostForm)
	}
	_, next, _ := around(s.board.queue(f), key)
	did, err := s.write(r.Context(), e, src, a)
	if err != nil {
		s.said = notice{sentence(err), true}
		s.redirect(w, f.href("/piece/"+key))
		return nil
	}
	d := deed{what: do}
	if did != nil {
		d.list = []written{*did}
	}
	wasLater := s.board.later[key] > 0
	if do == "later" && !wasLater {
		s.board.putOff(key, true)
		d.later = []string{key}
	} else if a.status != "" {
		s.board.putOff(key, false)
	}
	s.remember(d)
	s.said = notice{Text: s.told(do, e, did)}
	to := f.href("/piece/" + key)
	if _, decided := decisions[do]; decided || do == "later" {
		to = f.href("/")
		if next != nil {
			to = f.href("/piece/" + next.key)
		}
	}
	s.redirect(w, to)
	return nil
}

// decisions are the buttons that set a status.
var decisions = map[string]gallery.Status{
	"approve": gallery.Approved, "feature": gallery.Featured, "decline": gallery.Declined, "wait": gallery.Pending,
}

// told says what was done, and what still keeps the piece from being published.
func (s *Server) told(do string, e *entry, did *written) string {
	key := "did." + do
	if strings.HasPrefix(do, "up:") || strings.HasPrefix(do, "down:") {
		key = "did.moved"
	}
	if !hasWord(key) {
		key = "did.save"
	}
	if did == nil && do != "later" {
		return say("did.nothing", nameOf(e.sub))
	}
	text := say(key, nameOf(e.sub))
	now := s.board.byKey[e.key]
	switch {
	case now == nil:
		return text + " " + say("did.broken")
	case do != "approve" && do != "feature":
		return text
	}
	if held := s.hindrances(now); len(held) > 0 {
		text += " " + say("did.held", held[0].Short)
	}
	return text
}

// changedFields returns the fields of a form that differ from what was shown.
func changedFields(form url.Values) fields {
	set := fields{}
	for name, values := range form {
		shown, isField := form["was."+name]
		if !isField || len(values) == 0 {
			continue
		}
		value := values[len(values)-1]
		if strings.HasPrefix(name, fieldCrop) {
			value = joined(values)
		}
		if value != shown[0] {
			set[name] = value
		}
	}
	for name := range form { // a box without its tick sends nothing
		if field, ok := strings.CutPrefix(name, "was."); ok && len(form[field]) == 0 && form.Get(name) != "" {
			set[field] = ""
		}
	}
	return set
}

// today is the day on which a decision is made, where the site is.
func (s *Server) today() time.Time { return s.opt.Clock().In(s.opt.Desk.Config.Zone) }

// redirect sends the browser on with a GET.
func (s *Server) redirect(w http.ResponseWriter, to string) {
	w.Header().Set("Location", to)
	w.WriteHeader(http.StatusSeeOther)
}

// takeBack undoes the last deed.
func (s *Server) takeBack(w http.ResponseWriter, r *http.Request) error {
	f := parseFilter(r.URL.Query())
	key, err := s.undo(r.Context())
	s.said = notice{Text: say("undo.done")}
	if err != nil {
		s.said = notice{sentence(err), true}
	}
	to := f.href("/")
	if e := s.board.byKey[key]; e != nil {
		to = f.href("/piece/" + key)
		if err == nil {
			s.said.Text = say("undo.one", nameOf(e.sub), say("state."+string(s.board.state(e))))
		}
	}
	s.redirect(w, to)
	return nil
}

// bulk decides on, or tags, all that are ticked on the sheet. What has changed
// since is left alone and counted.
func (s *Server) bulk(w http.ResponseWriter, r *http.Request) error {
	f, do := parseFilter(r.URL.Query()), r.PostForm.Get("do")
	status, decides := decisions[do]
	tag := tagsOf(r.PostForm.Get("tag"))
	d, left, done := deed{what: do}, 0, 0
	chosen := r.PostForm["piece"]
	var firstError error
	for _, one := range chosen[:min(len(chosen), maxBulk)] {
		key, base, _ := strings.Cut(one, ":")
		e, src, err := s.read(r.Context(), key)
		if err != nil || version(src) != base {
			left++
			continue
		}
		a := asked{who: s.opt.By, today: s.today(), status: status, set: fields{}}
		switch {
		case do == "later":
			if s.board.later[key] == 0 && e.sub.Status == gallery.Pending {
				s.board.putOff(key, true)
				d.later = append(d.later, key)
			}
			done++
			continue
		case do == "tag":
			tags := slices.Clone(e.sub.Tags)
			for _, t := range tag {
				if !slices.Contains(tags, t) {
					tags = append(tags, t)
				}
			}
			a.set[fieldTags] = strings.Join(tags, ", ")
		case !decides:
			return fs.ErrNotExist
		}
		did, err := s.write(r.Context(), e, src, a)
		if err != nil {
			left, firstError = left+1, errors.Join(firstError, err)
			continue
		}
		done++
		if did != nil {
			d.list = append(d.list, *did)
		}
		if decides {
			s.board.putOff(key, false)
		}
	}
	s.remember(d)
	s.said = notice{Text: say("bulk."+do, pieces(done))}
	switch {
	case len(chosen) == 0:
		s.said = notice{say("bulk.none"), true}
	case do == "tag" && len(tag) == 0:
		s.said = notice{say("bulk.tagless"), true}
	case left > 0:
		s.said = notice{s.said.Text + " " + say("bulk.left", pieces(left)), true}
	}
	s.redirect(w, f.href("/"))
	return nil
}

// maxBulk is how many pieces one request decides on.
const maxBulk = 500

func pieces(n int) string {
	if n == 1 {
		return say("one piece")
	}
	return strconv.Itoa(n) + " " + say("pieces")
}
