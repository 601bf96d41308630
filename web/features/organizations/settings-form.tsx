import { Button, Group, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import type { OrganizationChange } from '../../../domain/organization/organization.schema.ts';
import { ConflictDialog } from '../../components/conflict-dialog.tsx';
import { notify } from '../../components/notify.tsx';
import { Failed } from '../../components/states.tsx';
import { ApiError } from '../../lib/api-error.ts';
import { useChange } from '../../lib/change.ts';
import { besideFields, useFieldWords, useFirstWrong } from '../../lib/form-errors.ts';
import { useTexts } from '../../text/language.tsx';
import { SettingsFields } from './settings-fields.tsx';
import {
  changedSettings,
  changeOf,
  problemsOf,
  refusalsOf,
  type Setting,
  type Settings,
  type SettingsValues,
  valuesOf,
  wordsOf,
} from './settings-values.ts';

interface Props {
  /** The settings as they are now, read anew after each attempt to change them. */
  readonly stored: Settings;
  /** Whether what only the platform changes is in it. */
  readonly isWhole: boolean;
  readonly save: (change: OrganizationChange, revision: number) => Promise<Settings>;
  readonly onSettled: () => Promise<unknown>;
}

interface Attempt {
  readonly values: SettingsValues;
  readonly changed: readonly Setting[];
  readonly revision: number;
}

/** Changes an organization's settings; when somebody else was first, both versions are shown. Nothing typed is lost. */
export function SettingsForm({ stored, isWhole, save, onSettled }: Props) {
  const { organizations, common } = useTexts();
  // What the person has before them is what their change is meant for, whatever is read in the meantime.
  const [opened, setOpened] = useState(stored);
  const before = valuesOf(opened);
  const form = useForm<SettingsValues>({
    initialValues: before,
    validate: (values) => problemsOf(values, changedSettings(before, values)),
    enhanceGetInputProps: useFieldWords(),
  });
  const saving = useChange({
    mutationFn: ({ values, changed, revision }: Attempt) => save(changeOf(values, changed), revision),
    onError: (error) => form.setErrors(refusalsOf(error)),
    onSettled,
  });
  const lead = useFirstWrong(form, saving.error);
  const show = (settings: Settings) => {
    setOpened(settings);
    form.setValues(valuesOf(settings));
    saving.reset();
  };
  const changed = changedSettings(before, form.values);
  const attempt = (values: SettingsValues, { revision }: Settings, undone?: Settings) =>
    saving.mutate(
      {
        values,
        changed: undone === undefined ? changed : changedSettings(valuesOf(undone), values),
        revision,
      },
      {
        onSuccess: (saved) => {
          show(saved);
          if (undone !== undefined) return;
          const undo = { title: common.undo, run: () => attempt(before, saved, saved) };
          notify({ message: organizations.savedNow, undo });
        },
      },
    );
  const isStale = saving.error instanceof ApiError && saving.error.code === 'stale';
  const theirs = valuesOf(stored);
  const problem = isStale ? null : besideFields(form, saving.error);
  return (
    <form
      noValidate
      onSubmit={form.onSubmit((values) => attempt(values, opened), lead)}
      aria-label={organizations.profile}
    >
      <Stack gap="md" maw={760}>
        <SettingsFields isWhole={isWhole} field={(path) => form.getInputProps(path)} />
        {problem !== null && <Failed error={problem} />}
        <Group>
          <Button type="submit" loading={saving.isPending} disabled={changed.length === 0}>
            {common.save}
          </Button>
        </Group>
      </Stack>
      <ConflictDialog
        opened={isStale}
        pending={saving.isPending}
        differences={changed.map((setting) => ({
          field: organizations.settingNames[setting],
          mine: wordsOf(form.values, setting),
          theirs: wordsOf(theirs, setting),
        }))}
        onKeepMine={() => attempt(form.values, stored)}
        onTakeTheirs={() => show(stored)}
        onClose={() => saving.reset()}
      />
    </form>
  );
}
