import { useAddressParameter } from '../../lib/address.ts';

/** The name of an order, and its direction. */
export interface Order {
  readonly by: string;
  readonly down: boolean;
}

/** Parses `name` and `-name`; null for an empty string. */
export const readOrder = (text: string): Order | null =>
  text === '' ? null : { by: text.replace(/^-/, ''), down: text.startsWith('-') };

/** The inverse of `readOrder`. */
const orderText = (order: Order | null): string =>
  order === null ? '' : `${order.down ? '-' : ''}${order.by}`;

/** The sort order in the URL, as `sort=name` or `sort=-name`. */
export function useAddressOrder(): readonly [Order | null, (order: Order | null) => void] {
  const [text, setText] = useAddressParameter('sort');
  return [readOrder(text), (order) => setText(orderText(order))];
}

interface ServerOrder<Name extends string> {
  readonly sort?: Name;
  readonly direction?: 'desc';
}

/** The query parameters for an order that the server supports; empty for others. */
export function useServerOrder<Name extends string>(names: readonly Name[]): ServerOrder<Name> {
  const [order] = useAddressOrder();
  const sort = names.find((name) => name === order?.by);
  if (sort === undefined) return {};
  return order?.down === true ? { sort, direction: 'desc' } : { sort };
}
