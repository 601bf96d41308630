import { Avatar, Group, Stack, Text } from '@mantine/core';

/** A person: initials, name, address. */
export const Person = ({ name, email }: { readonly name: string; readonly email: string }) => (
  <Group gap="sm" wrap="nowrap" justify="flex-start">
    <Avatar name={name} color="indigo" size="sm" aria-hidden visibleFrom="sm" />
    <Stack gap={0} align="flex-start">
      <Text size="sm" fw={500} ta="left">
        <bdi>{name}</bdi>
      </Text>
      <Text size="xs" c="dimmed" ta="left" style={{ overflowWrap: 'anywhere' }}>
        {email}
      </Text>
    </Stack>
  </Group>
);
