package publish

import "context"

// Begun is a transaction whose manifest was asked for before it is wanted, so
// that the site is decided while the target is looked at. It is ended by Sync,
// or by Abort where it does not come to that.
type Begun struct {
	Transaction
	asked chan struct{} // closed when there is an answer
	old   Manifest
	err   error
}

// Begin begins a transaction by a goroutine of its own.
func Begin(ctx context.Context, tx Transaction) *Begun {
	b := &Begun{Transaction: tx, asked: make(chan struct{})}
	go func() {
		defer close(b.asked)
		b.old, b.err = tx.Manifest(ctx)
	}()
	return b
}

// Manifest waits for the answer. An error is told when it would have been
// without Begin.
func (b *Begun) Manifest(context.Context) (Manifest, error) {
	<-b.asked
	return b.old, b.err
}

// Abort leaves the target as it was before Begin.
func (b *Begun) Abort() error {
	<-b.asked
	return b.Transaction.Abort()
}
