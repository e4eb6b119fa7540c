package cli

import (
	"errors"
	"io/fs"

	"github.com/spf13/cobra"

	"cloud-intelligence/backend/demo"
	"cloud-intelligence/backend/finops"
)

// demoLinesMax keeps a slip of the finger from filling the disk.
const demoLinesMax = 1_000_000_000

func (r *runner) demoCommand() *cobra.Command {
	var out string
	var opts demo.Options
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Write the bills of an imagined client, for trying things out",
		Args:  noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if out == "" {
				return finops.Errorf(finops.CodeInvalid, "Say where to write to: --out DIR.")
			}
			if opts.Lines < 0 || opts.Lines > demoLinesMax {
				return finops.Errorf(finops.CodeInvalid, "--lines must be between 1 and %s.", count(demoLinesMax))
			}
			files, err := demo.Write(cmd.Context(), out, opts)
			var denied *fs.PathError
			if errors.As(err, &denied) {
				return finops.WrapError(finops.CodeDenied, err, "The demo cannot be written to %s. Check that you may write there and that the disk has room.", out)
			}
			if err != nil {
				return err
			}
			for _, file := range files {
				if err := r.print("%s\n", file); err != nil {
					return err
				}
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&out, "out", "", "the folder to write to: `DIR`")
	cmd.Flags().Int64Var(&opts.Lines, "lines", 80_000, "about `N` charge lines")
	cmd.Flags().Uint64Var(&opts.Seed, "seed", 1, "another `SEED` makes another client of the same kind")
	return cmd
}
