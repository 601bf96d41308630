import { Button, Group, SimpleGrid, Stack, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useEffect, useRef, useState } from 'react';
import type { OrganizationId } from '../../../../domain/ids.ts';
import type { OrganizationChange } from '../../../../domain/organization/organization.schema.ts';
import { ConflictDialog } from '../../../components/form/conflict-dialog.tsx';
import { besideFields, useFieldWords, useFirstWrong } from '../../../components/form/form-errors.ts';
import { merged, useSaving } from '../../../components/form/saving.ts';
import { notify, useErrorNotice } from '../../../components/notify.tsx';
import { Failed } from '../../../components/states.tsx';
import { useTexts } from '../../../text/language.tsx';
import { ContactFields, helpBelow, NameFields } from '../fields.tsx';
import {
  changedSettings,
  changeOf,
  problemsOf,
  refusalsOf,
  type Setting,
  type Settings,
  type SettingsValues,
  settings,
  valuesOf,
  wordsOf,
} from './settings-values.ts';

interface Props {
  readonly organizationId: OrganizationId;
  /** The settings as they are when the form is opened. */
  readonly stored: Settings;
  /** Whether what only the platform changes is in it. */
  readonly isWhole: boolean;
  readonly read: () => Promise<Settings>;
  readonly save: (change: OrganizationChange, revision: number) => Promise<Settings>;
  readonly onSettled: () => Promise<unknown>;
}

/** Who is at an address belongs together; the other settings are each for themselves. */
const groups = settings.map((setting) => [setting]);

/** Notices that offer to take a change back, as long as that is what they would do. */
function useUndoNotices() {
  const notices = useRef<{ readonly changed: readonly Setting[]; readonly withdraw: () => void }[]>([]);
  const withdraw = (isOver: (changed: readonly Setting[]) => boolean) => {
    for (const notice of notices.current) if (isOver(notice.changed)) notice.withdraw();
    notices.current = notices.current.filter(({ changed }) => !isOver(changed));
  };
  // They belong to the page.
  useEffect(
    () => () => {
      for (const notice of notices.current) notice.withdraw();
    },
    [],
  );
  return {
    add: (changed: readonly Setting[], withdrawn: () => void) =>
      void notices.current.push({ changed, withdraw: withdrawn }),
    /** What was changed once more can't be taken back by what was said of it before. */
    supersede: (now: readonly Setting[]) => withdraw((changed) => changed.some((one) => now.includes(one))),
  };
}

/** What the form is about, and both ways to change it: as typed, and back. Nothing typed is lost. */
function useSettings({ organizationId, stored, read, save, onSettled }: Props) {
  const { organizations, common } = useTexts();
  // What the person has before them is what their change is meant for, whatever is read in the meantime.
  const [opened, setOpened] = useState(stored);
  const latest = useRef(stored);
  const notices = useUndoNotices();
  const form = useForm<SettingsValues>({
    initialValues: valuesOf(stored),
    validate: (values) => problemsOf(values, changedSettings(valuesOf(latest.current), values)),
    enhanceGetInputProps: useFieldWords(),
  });
  /** Shows what is stored now; what was typed since stays. */
  const adopt = (now: Settings, since: SettingsValues) => {
    const typed = { opened: since, mine: form.getValues(), theirs: valuesOf(now) };
    latest.current = now;
    setOpened(now);
    form.setValues(merged(groups, typed).values);
  };
  const change = {
    ...{ id: organizationId, groups, valuesOf, read, onSettled },
    save: async (values: SettingsValues, base: Settings) => {
      const changed = changedSettings(valuesOf(base), values);
      return changed.length === 0 ? base : await save(changeOf(values, changed), base.revision);
    },
  };
  const undoing = useSaving({
    ...change,
    onSaved: (now) => adopt(now, valuesOf(latest.current)),
    onError: useErrorNotice(),
  });
  const saving = useSaving({
    ...change,
    onSaved: (now, { opened: before, values }) => {
      adopt(now, values);
      const changed = changedSettings(valuesOf(before), values);
      notices.supersede(changed);
      const back = merged(groups, { opened: values, mine: valuesOf(before), theirs: valuesOf(now) });
      const run = () => undoing.send({ opened: now, values: back.values });
      notices.add(changed, notify({ message: organizations.savedNow, undo: { title: common.undo, run } }));
    },
    onError: (error) => form.setErrors(refusalsOf(error)),
  });
  return { form, opened, saving, undoing, adopt };
}

type Saving = ReturnType<typeof useSaving<Settings, SettingsValues, Settings>>;

interface TwoVersionsProps {
  readonly of: Saving;
  readonly onTakeTheirs: (theirs: Settings, fields: readonly Setting[]) => void;
}

/** Both versions of what was changed twice, until one is chosen. */
function TwoVersions({ of: { conflict, isPending, keepMine, dismiss }, onTakeTheirs }: TwoVersionsProps) {
  const { organizations } = useTexts();
  if (conflict === null) return null;
  const { fields, mine, theirs, isOwn } = conflict;
  return (
    <ConflictDialog
      isOwn={isOwn}
      pending={isPending}
      differences={fields.map((setting) => ({
        field: organizations.settingNames[setting],
        mine: wordsOf(mine, setting),
        theirs: wordsOf(valuesOf(theirs), setting),
      }))}
      onKeepMine={keepMine}
      onTakeTheirs={() => {
        dismiss();
        onTakeTheirs(theirs, fields);
      }}
      onClose={dismiss}
    />
  );
}

/** Changes an organization's settings. */
export function SettingsForm(props: Props) {
  const { organizations, common } = useTexts();
  const { form, opened, saving, undoing, adopt } = useSettings(props);
  const lead = useFirstWrong(form, saving.error);
  const changed = changedSettings(valuesOf(opened), form.values);
  const problem = besideFields(form, saving.error);
  return (
    <form
      noValidate
      onSubmit={form.onSubmit((values) => saving.send({ opened, values }), lead)}
      aria-label={organizations.profile}
    >
      <Stack gap="md" maw={760}>
        <SettingsFields isWhole={props.isWhole} field={(path) => form.getInputProps(path)} />
        {problem !== null && <Failed error={problem} />}
        <Group>
          <Button type="submit" loading={saving.isPending} disabled={changed.length === 0}>
            {common.save}
          </Button>
        </Group>
      </Stack>
      <TwoVersions
        of={saving}
        onTakeTheirs={(theirs, fields) => {
          for (const field of fields) form.setFieldValue(field, valuesOf(theirs)[field]);
          adopt(theirs, valuesOf(opened));
        }}
      />
      <TwoVersions of={undoing} onTakeTheirs={(theirs) => adopt(theirs, valuesOf(opened))} />
    </form>
  );
}

interface SettingsFieldsProps {
  readonly isWhole: boolean;
  /** What a form gives the input at a path. */
  readonly field: (path: string) => object;
}

/** The fields of an organization's settings; those that only the platform changes if it is whole. */
function SettingsFields({ isWhole, field }: SettingsFieldsProps) {
  const { organizations } = useTexts();
  return (
    <>
      {isWhole && <NameFields field={field} />}
      <ContactFields field={field} />
      <SimpleGrid cols={{ base: 1, sm: isWhole ? 2 : 1 }}>
        <Textarea
          label={organizations.allowedDomains}
          description={organizations.domainsHint}
          autosize
          minRows={3}
          {...helpBelow}
          {...field('allowedDomains')}
        />
        {isWhole && (
          <Textarea
            label={organizations.metadata}
            description={organizations.metadataHint}
            autosize
            minRows={3}
            {...helpBelow}
            {...field('metadata')}
          />
        )}
      </SimpleGrid>
    </>
  );
}
