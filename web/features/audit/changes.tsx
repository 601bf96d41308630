import { Stack, Table, Text, Title } from '@mantine/core';
import { useTexts } from '../../text/language.tsx';
import classes from './audit-trail.module.css';
import { type Difference, differencesOf } from './differences.ts';
import type { Names, TrailEntry } from './names.ts';
import { Value } from './values.tsx';

interface Props {
  readonly entry: TrailEntry;
  readonly names: Names;
}

/** The changed fields with their previous and new values, as far as they exist. */
export function Changes({ entry, names }: Props) {
  const { audit } = useTexts();
  const differences = differencesOf(entry);
  if (differences.length === 0) return null;
  const { before, after } = entry.details;
  const isChange = before !== null && after !== null;
  return (
    <Stack gap="xs">
      <Title order={3} size="h4">
        {isChange ? audit.changes : audit.content}
      </Title>
      <Table verticalSpacing={6} layout="fixed">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col" w={isChange ? '30%' : '40%'}>
              {audit.field}
            </Table.Th>
            {isChange && <Table.Th scope="col">{audit.before}</Table.Th>}
            <Table.Th scope="col">{isChange ? audit.after : audit.value}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {differences.map((difference) => (
            <Table.Tr key={difference.field}>
              <Table.Th scope="row" fw={500}>
                <FieldName path={difference.field} />
              </Table.Th>
              {isChange ? (
                <>
                  <Cell
                    {...{ entry, names, difference }}
                    value={difference.before}
                    className={classes.before}
                  />
                  <Cell
                    {...{ entry, names, difference }}
                    value={difference.after}
                    className={classes.after}
                  />
                </>
              ) : (
                <Cell {...{ entry, names, difference }} value={difference.after ?? difference.before} />
              )}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Stack>
  );
}

/** A field's name, derived from its path. */
export function FieldName({ path }: { readonly path: string }) {
  const { trail } = useTexts();
  const names = path.replace(/^(?:goal|access)\./, '').split('.');
  return names.map((name) => trail.fields[name] ?? name).join(' · ');
}

interface CellProps extends Props {
  readonly difference: Difference;
  readonly value: unknown;
  readonly className?: string | undefined;
}

function Cell({ entry, names, difference, value, className }: CellProps) {
  const { common } = useTexts();
  return (
    <Table.Td>
      {value === undefined ? (
        <Text span size="sm" c="dimmed">
          {common.none}
        </Text>
      ) : (
        <span className={className}>
          <Value entry={entry} field={difference.field} value={value} names={names} />
        </span>
      )}
    </Table.Td>
  );
}
