import { Group, Text } from '@mantine/core';
import { useFormats, useTexts } from '../../text/language.tsx';

/** Tells everybody in an organization that leaves, on each of its pages, that nothing can be changed. */
export function FrozenNotice({ deletionFrom }: { readonly deletionFrom: string }) {
  const { departures } = useTexts();
  const { date } = useFormats();
  return (
    <Group className="banner" p="xs" mb="md" role="note">
      <Text size="sm">{departures.notice(date(deletionFrom))}</Text>
    </Group>
  );
}
