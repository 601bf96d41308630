import { Box, Checkbox, NativeSelect, Radio, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { type CreatedApiKey, NewApiKey, Scope } from '../../../domain/api-key/api-key.schema.ts';
import type { OrganizationId } from '../../../domain/ids.ts';
import { apiKeyRoutes } from '../../../functions/http/api-key/routes.ts';
import { FormDialog } from '../../components/form/form-dialog.tsx';
import { checkedBy } from '../../components/form/problems.ts';
import { type Form, useSendForm } from '../../components/form/send-form.ts';
import { ShownOnce } from '../../components/shown-once.tsx';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';

const lasts = ['30', '90', '365', 'never'] as const;

const fields = z.object({
  name: z.string(),
  owner: z.string(),
  scopes: z.array(z.string()),
  lasts: z.string(),
});
type Values = z.infer<typeof fields>;

const dayMs = 86_400_000;

const KeyForm = z.pipe(
  z.pipe(
    fields,
    z.transform(({ lasts: days, ...rest }): unknown => ({
      ...rest,
      ...(days === 'never' ? {} : { endsAt: new Date(Date.now() + Number(days) * dayMs).toISOString() }),
    })),
  ),
  NewApiKey,
);

/** The scopes to read each noun, next to those to change it. */
const scopeRows = Scope.options.flatMap((read) => {
  const [noun, verb] = read.split(':');
  return verb === 'read' ? [[read, Scope.options.find((one) => one === `${noun}:write`)] as const] : [];
});

const initialValues: Values = { name: '', owner: 'organization', scopes: [], lasts: '90' };

/** Query key of an organization's API keys. */
export const apiKeysKey = (organizationId: OrganizationId) => ['api-keys', organizationId] as const;

interface Props {
  readonly organizationId: OrganizationId;
  readonly onClose: () => void;
}

/** Asks for a key's purpose and scopes, and shows its secret once. */
export function NewKeyDialog({ organizationId, onClose }: Props) {
  const { api } = useSession();
  const { apiKeys: texts } = useTexts();
  const queries = useQueryClient();
  const { form, sending, sent } = useSendForm({
    initialValues,
    check: checkedBy(KeyForm),
    fieldOf: (path) => (path === 'endsAt' ? 'lasts' : path),
    send: (values, key) =>
      api(apiKeyRoutes.createApiKey, { params: { organizationId }, body: KeyForm.parse(values), key }),
    onSent: () => queries.invalidateQueries({ queryKey: apiKeysKey(organizationId) }),
  });
  if (sent !== undefined) return <Made made={sent} onClose={onClose} />;
  return (
    <FormDialog title={texts.newOne} size="lg" action={texts.create} sending={sending} onClose={onClose}>
      <KeyFields form={form} />
    </FormDialog>
  );
}

function Made({
  made: { name, key },
  onClose,
}: {
  readonly made: CreatedApiKey;
  readonly onClose: () => void;
}) {
  const { apiKeys: texts } = useTexts();
  return (
    <ShownOnce
      title={texts.madeTitle(name)}
      text={key === undefined ? texts.lostText : texts.madeText}
      secret={key}
      what={texts.theKey}
      done={texts.done}
      onClose={onClose}
    />
  );
}

function KeyFields({ form }: { readonly form: Form<Values> }) {
  const { apiKeys: texts } = useTexts();
  return (
    <>
      <TextInput
        label={texts.name}
        description={texts.nameHint}
        required
        data-autofocus
        {...form.getInputProps('name')}
      />
      <Checkbox.Group
        label={texts.scopes}
        description={texts.scopesHint}
        required
        {...form.getInputProps('scopes')}
      >
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs" mt="xs">
          {scopeRows.flatMap(([read, change]) => [
            <Checkbox key={read} value={read} label={texts.scopeNames[read]} />,
            change === undefined ? (
              <Box key={`${read}-only`} visibleFrom="xs" />
            ) : (
              <Checkbox key={change} value={change} label={texts.scopeNames[change]} />
            ),
          ])}
        </SimpleGrid>
      </Checkbox.Group>
      <Radio.Group label={texts.owner} {...form.getInputProps('owner')}>
        <Stack gap="xs" mt={4}>
          {(['organization', 'person'] as const).map((owner) => (
            <Radio
              key={owner}
              value={owner}
              label={texts.owners[owner]}
              description={texts.ownerHints[owner]}
            />
          ))}
        </Stack>
      </Radio.Group>
      <NativeSelect
        label={texts.endsAt}
        data={lasts.map((value) => ({ value, label: texts.lasts[value] }))}
        {...form.getInputProps('lasts')}
      />
    </>
  );
}
