import type { SpendSort } from '../../lib/wire';
import { usePageParam } from '../../ui/view/usePageParam';

const sorts = ['amount', 'name', 'before', 'change', 'share', 'part'] as const satisfies SpendSort[];

/** An order of rows; `up` begins with the least. */
export type RowOrder = { sort: SpendSort; up: boolean };

const choices = [...sorts, ...sorts.map((sort) => `${sort}-up` as const)];

/** The order of the breakdown, in the address; the highest cost first unless it says otherwise. */
export function useRowOrder(): [RowOrder, (order: RowOrder) => void] {
  const [choice, setChoice] = usePageParam('sort', choices, 'amount');
  const [sort = 'amount'] = sorts.filter((one) => choice.split('-')[0] === one);
  return [{ sort, up: choice.endsWith('-up') }, (order) => setChoice(order.up ? `${order.sort}-up` : order.sort)];
}

/** The order after a press on a column head: names begin with A, figures with the largest; pressed again, the other way round. */
export function turned(order: RowOrder, sort: SpendSort): RowOrder {
  return { sort, up: order.sort === sort ? !order.up : sort === 'name' };
}
