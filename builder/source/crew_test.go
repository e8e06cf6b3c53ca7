package source

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
)

// TestWork: every task is done once, whatever brings it and however many work.
func TestWork(t *testing.T) {
	for _, workers := range []int{1, 2, 3, 16} {
		var mu sync.Mutex
		done := map[string]int{}
		err := work(workers, "", func(task string) ([]string, error) {
			mu.Lock()
			defer mu.Unlock()
			done[task]++
			var more []string
			for i := range (len(task)*7 + workers) % 5 {
				if len(task) < 6 {
					more = append(more, task+fmt.Sprint(i))
				}
			}
			return more, nil
		})
		if err != nil {
			t.Fatal(err)
		}
		for task, n := range done {
			if n != 1 {
				t.Errorf("%d workers did %q %d times", workers, task, n)
			}
			if task != "" && done[task[:len(task)-1]] != 1 {
				t.Errorf("%d workers did %q without what brought it", workers, task)
			}
		}
		if len(done) < 2 {
			t.Errorf("%d workers did only %d tasks", workers, len(done))
		}
	}
}

// TestWorkAtOnce: as many tasks as workers are under way at once, each of which
// here waits for the others.
func TestWorkAtOnce(t *testing.T) {
	const workers = 4
	var all sync.WaitGroup
	all.Add(workers)
	err := work(workers, -1, func(task int) ([]int, error) {
		if task < 0 {
			return []int{0, 1, 2, 3}, nil
		}
		all.Done()
		all.Wait()
		return nil, nil
	})
	if err != nil {
		t.Error(err)
	}
}

// TestWorkFails: an error ends the work, also for those who wait.
func TestWorkFails(t *testing.T) {
	broken := errors.New("broken")
	for _, workers := range []int{1, 2, 8} {
		var done atomic.Int64
		err := work(workers, 0, func(task int) ([]int, error) {
			if done.Add(1) > 100 {
				return nil, broken
			}
			return []int{task, task}, nil
		})
		if err != broken || done.Load() > 100+int64(workers) {
			t.Errorf("%d workers: %v after %d tasks", workers, err, done.Load())
		}
	}
}
