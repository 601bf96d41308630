import { Group, Text } from '@mantine/core';
import type { Approval } from '../../../domain/approval/approval.schema.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';
import classes from './approvals.module.css';

const isTime = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value);

/** Exactly what is asked for: each value of the request, and the hash that is approved. */
export function Content({ approval: { kind, input, hash } }: { readonly approval: Approval }) {
  const { approvals } = useTexts();
  const { moment } = useFormats();
  const names: Readonly<Record<string, string>> = approvals.fields;
  // The table keeps no order: they stand as the words do, and what has none at the end.
  const order = Object.keys(names);
  const placeOf = (name: string) => (name in names ? order.indexOf(name) : order.length);
  const all = Object.entries(input).toSorted(([one], [other]) => placeOf(one) - placeOf(other));
  const shown = (value: unknown) => (isTime(value) ? moment(value) : String(value));
  return (
    <dl className={classes.content} aria-label={approvals.contentOf(approvals.kinds[kind])}>
      {all.map(([name, value]) => (
        <div key={name}>
          <dt>{names[name] ?? name}</dt>
          <dd>
            <bdi>{shown(value)}</bdi>
          </dd>
        </div>
      ))}
      <div>
        <dt>{approvals.fingerprint}</dt>
        <dd>
          <Group gap={4} wrap="nowrap">
            <Text span size="sm" ff="monospace" truncate title={hash}>
              {hash.slice(0, 16)}
            </Text>
            <CopyButton value={hash} what={approvals.fingerprint} />
          </Group>
        </dd>
      </div>
    </dl>
  );
}
