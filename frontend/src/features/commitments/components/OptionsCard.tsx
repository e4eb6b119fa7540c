import { formatMoney } from '../../../lib/money';
import type { SimulationInfo } from '../../../lib/wire';
import { Card } from '../../../ui/Card';
import { Money } from '../../../ui/Money';
import { describeTerms, formatPart } from '../model';
import { FigureTable } from '../../../ui/FigureTable';

/** The best commitment of each term and payment that the provider sells. */
export function OptionsCard({ simulation: { options, pool } }: { simulation: SimulationInfo }) {
  const { currency } = pool;
  const money = (amount: string | undefined) => (amount === undefined ? '–' : <Money amount={amount} currency={currency} />);
  return (
    <Card title="Terms and payments compared" sub={`The best commitment for each, ${currency}. Where the price book has no discount, enter one above`}>
      <FigureTable
        label="Terms and payments compared"
        folded={[4, 5, 6]}
        head={['Terms', 'Commitment an hour', 'Saving a month', 'Break-even', 'Break-even month', 'Upfront', 'Each month', 'Over the term']}
        rows={options.map(({ years, payment, known, hourly, saving, breakEven, deal }) => ({
          key: `${years} ${payment}`,
          cells: known
            ? [
                describeTerms(12 * years, payment),
                hourly === null ? '–' : formatMoney(hourly, currency, { digits: 4 }),
                money(saving ?? undefined),
                formatPart(breakEven),
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
