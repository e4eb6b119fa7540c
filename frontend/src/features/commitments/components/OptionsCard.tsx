import { formatMoney } from '../../../lib/money';
import type { SimulationInfo } from '../../../lib/wire';
import { ExportTable } from '../../../parts/ExportTable';
import { Card } from '../../../ui/Card';
import { Money } from '../../../ui/Money';
import { describeTerms, formatPart } from '../model';
import { optionsTable } from '../tables';
import { FigureTable } from '../../../ui/FigureTable';

/** The best commitment of each term and payment that the provider sells. */
export function OptionsCard({ simulation }: { simulation: SimulationInfo }) {
  const { options, pool } = simulation;
  const { currency } = pool;
  const money = (amount: string | undefined) => (amount === undefined ? '–' : <Money amount={amount} currency={currency} />);
  return (
    <Card title="Terms and payments compared" sub={`The best commitment for each, ${currency}. Where the price book has no discount, enter one above`} actions={<ExportTable of="terms and payments" table={() => optionsTable(simulation)} />}>
      <FigureTable
        label="Terms and payments compared"
        folded={[4, 5, 6]}
        head={['Terms', 'Commitment an hour', 'Saving a month', 'Break-even', 'Break-even month', 'Upfront', 'Each month', 'Over the term']}
        rows={options.map(({ termYears: years, payment, optimum, deal }) => ({
          key: `${years} ${payment}`,
          cells: optimum
            ? [
                describeTerms(12 * years, payment),
                formatMoney(optimum.hourlyCommitment, currency, { digits: 4 }),
                money(optimum.expectedMonthlySaving),
                formatPart(optimum.breakEvenUtilisation),
                deal === null || deal.breakEvenMonth === 0 ? '–' : String(deal.breakEvenMonth),
                money(deal?.upfront),
                money(deal?.monthly),
                money(deal?.total),
              ]
            : [describeTerms(12 * years, payment), 'No discount known', '–', '–', '–', '–', '–', '–'],
        }))}
      />
    </Card>
  );
}
