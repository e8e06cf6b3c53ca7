package source

import "sync"

// crew is a number of workers that share out tasks, of which each can bring
// more.
type crew[T any] struct {
	mu    sync.Mutex
	more  sync.Cond // signalled when there are tasks, or none will come
	tasks []T
	busy  int // workers at a task
	err   error
}

// work does the first task and all that come of it by n workers. The first
// error ends it.
func work[T any](n int, first T, do func(T) ([]T, error)) error {
	c := &crew[T]{tasks: []T{first}}
	c.more.L = &c.mu
	var wg sync.WaitGroup
	for range n - 1 {
		wg.Go(func() { c.run(do) })
	}
	c.run(do)
	wg.Wait()
	return c.err
}

func (c *crew[T]) run(do func(T) ([]T, error)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for {
		for len(c.tasks) == 0 && c.busy > 0 {
			c.more.Wait()
		}
		if len(c.tasks) == 0 {
			return
		}
		last := len(c.tasks) - 1
		task := c.tasks[last]
		c.tasks = c.tasks[:last]
		c.busy++
		c.mu.Unlock()
		brought, err := do(task)
		c.mu.Lock()
		c.busy--
		c.take(brought, err)
	}
}

// take adds tasks, or ends everything after an error.
func (c *crew[T]) take(brought []T, err error) {
	if c.err == nil {
		c.err = err
	}
	if c.err != nil {
		c.tasks = nil
		brought = nil
	}
	c.tasks = append(c.tasks, brought...)
	if len(brought) > 1 || len(c.tasks) == 0 && c.busy == 0 {
		c.more.Broadcast()
	}
}
