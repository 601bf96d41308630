import { useAddressParameter } from '../../lib/address.ts';

/** By what a list is sorted: the name of an order, and its direction. */
export interface Order {
  readonly by: string;
  readonly down: boolean;
}

/** Reads `name` and `-name`; an empty text is no order. */
export const readOrder = (text: string): Order | null =>
  text === '' ? null : { by: text.replace(/^-/, ''), down: text.startsWith('-') };

/** The inverse of `readOrder`. */
const orderText = (order: Order | null): string =>
  order === null ? '' : `${order.down ? '-' : ''}${order.by}`;

/** The order that stands in the address, as `sort=name` or `sort=-name`. */
export function useAddressOrder(): readonly [Order | null, (order: Order | null) => void] {
  const [text, setText] = useAddressParameter('sort');
  return [readOrder(text), (order) => setText(orderText(order))];
}

interface ServerOrder<Name extends string> {
  readonly sort?: Name;
  readonly direction?: 'desc';
}

/** What the order of the address asks of a server that knows these; nothing when it knows none such. */
export function useServerOrder<Name extends string>(names: readonly Name[]): ServerOrder<Name> {
  const [order] = useAddressOrder();
  const sort = names.find((name) => name === order?.by);
  if (sort === undefined) return {};
  return order?.down === true ? { sort, direction: 'desc' } : { sort };
}
