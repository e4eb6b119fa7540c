import { formatCount, formatMoney, fullMoney } from '../../../lib/money';
import { digitsFor } from '../model';

type SheetRowProps = { title: string; lines?: number; amount: string | null; currency: string; look?: 'total' | 'rest' };

/** A row of a printed bridge. */
export function SheetRow({ title, lines, amount, currency, look }: SheetRowProps) {
  return (
    <tr className={look}>
      <td>{title}</td>
      <td className="number">{lines === undefined ? '' : formatCount(lines)}</td>
      <td className="number">{formatMoney(amount, currency, { digits: digitsFor(amount ?? '0', currency) })}</td>
      <td className="number quiet">{fullMoney(amount, '')}</td>
    </tr>
  );
}
