import { Button, Group, Stack, Table, Text } from '@mantine/core';
import { Fragment } from 'react';
import { useMember } from '../../lib/member.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';
import { Dialog } from '../dialog.tsx';
import type { Conflict, Versioned } from './save-form.ts';

/** A change that may conflict with another user's. */
interface Contested<Stored, Values> {
  readonly conflict: Conflict<Stored, Values> | null;
  readonly isPending: boolean;
  readonly keepMine: () => void;
  readonly dismiss: () => void;
}

type Field<Values> = keyof Values & string;

interface Props<Stored, Values> {
  readonly saving: Contested<Stored, Values>;
  readonly title: (field: Field<Values>) => string;
  /** Formats a field of one version, next to the version that it is compared with. */
  readonly words: (values: Values, field: Field<Values>, beside: Values) => string;
  readonly onTakeTheirs: (stored: Stored, fields: readonly Field<Values>[]) => void;
}

/**
 * Shows both versions after a concurrent change of the same fields (412 `stale`), and lets the user decide.
 */
export function ConflictDialog<Stored extends Versioned, Values>(props: Props<Stored, Values>) {
  const { conflict } = props.saving;
  return conflict && <TwoVersions {...props} conflict={conflict} />;
}

interface TwoVersionsProps<Stored, Values> extends Props<Stored, Values> {
  readonly conflict: Conflict<Stored, Values>;
}

/** Lets an email address wrap at its punctuation, but never inside a word. */
const whole = (text: string) =>
  text.split(/(?<=[@.])(?=\S)/).map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text don't move
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ));

function TwoVersions<Stored extends Versioned, Values>(props: TwoVersionsProps<Stored, Values>) {
  const { saving, conflict, title, words, onTakeTheirs } = props;
  const texts = useTexts().shell.conflict;
  const { user } = useMember();
  const { relative } = useFormats();
  const { updatedBy, updatedAt } = conflict.stored;
  const when = updatedAt === undefined ? '' : relative(updatedAt, new Date());
  const isOwn = conflict.isOwn || updatedBy?.id === user.userId;
  const heading = isOwn ? texts.ownTitle : texts.title;
  const who = isOwn ? texts.ownChange(when) : texts.theirChange(updatedBy?.name, when);
  return (
    <Dialog onClose={saving.dismiss} title={heading} size="lg" above>
      <Stack gap="md">
        <Text size="sm">
          <bdi>{who}</bdi> {texts.text}
        </Text>
        <Table aria-label={heading} layout="fixed" style={{ overflowWrap: 'break-word', hyphens: 'auto' }}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{texts.field}</Table.Th>
              <Table.Th scope="col">{texts.mine}</Table.Th>
              <Table.Th scope="col">{texts.theirs}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {conflict.fields.map((field) => (
              <Table.Tr key={field}>
                <Table.Th scope="row">{title(field)}</Table.Th>
                <Table.Td>{whole(words(conflict.mine, field, conflict.theirs))}</Table.Td>
                <Table.Td>{whole(words(conflict.theirs, field, conflict.mine))}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        <Group justify="flex-end">
          <Button variant="default" onClick={() => onTakeTheirs(conflict.stored, conflict.fields)}>
            {texts.takeTheirs}
          </Button>
          <Button loading={saving.isPending} onClick={saving.keepMine}>
            {texts.keepMine}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
