import { fireEvent, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import type { Role } from '../../../../domain/access/roles.schema.ts';
import { english } from '../english.ts';
import { type Replies, refusal } from '../render-app.tsx';
import { own } from '../small-organization.ts';

/** Something that a person sends by a click. */
export interface Submit {
  readonly role: Role;
  readonly path: string;
  readonly name: string;
  /** The request that it sends: `METHOD /path`. */
  readonly sends: string;
  /** Does all that comes before, and finds what is clicked. */
  readonly prepare: () => Promise<HTMLElement>;
  /**
   * What is answered in what comes before, also to the same request, beside what an organization with one of
   * everything answers.
   */
  readonly before?: Replies;
}

export const admin = (path: string) => ({ role: 'org_admin', path: `${own}${path}` }) as const;
export const platform = (path: string) => ({ role: 'super_admin', path: `/admin${path}` }) as const;

export const ok = (body: unknown) => ({ status: 200, body });
const stale = refusal(412, 'stale', 'It was changed.');

/** Something that is another by the time one changes it, and refuses the change of what it was. */
export function changedMeanwhile(reading: string, writing: string, before: object, after: object): Replies {
  let now = before;
  return {
    [reading]: () => ok(now),
    [writing]: () => {
      now = after;
      return stale;
    },
  };
}

export const button = (name: string | RegExp): Promise<HTMLElement> => screen.findByRole('button', { name });

export const click = async (name: string): Promise<void> => userEvent.click(await button(name));

/** At once: how one types is not what this is about. */
export const write = (field: HTMLElement, value: string): void =>
  void fireEvent.change(field, { target: { value } });

export const type = async (label: string | RegExp, text: string): Promise<void> =>
  write(await screen.findByRole('textbox', { name: label }), text);

/** The button of a dialog, which may lie above another. */
export const inDialog = async (title: string, name: string): Promise<HTMLElement> =>
  within(await screen.findByRole('dialog', { name: title })).getByRole('button', { name });

/** Sends a dialog, and finds the button that saves one's own version over that of somebody else. */
export async function keepMine(title: string): Promise<HTMLElement> {
  await userEvent.click(await inDialog(title, english.common.save));
  return await inDialog(english.shell.conflict.title, english.shell.conflict.keepMine);
}

// Without a layout what drops down is taken for out of sight.
const hidden = true;

/** A choice of a field's list. */
export const option = (name: RegExp): Promise<HTMLElement> => screen.findByRole('option', { name, hidden });

/** The item of a menu. */
export async function inMenu(menu: string, name: string): Promise<HTMLElement> {
  await click(menu);
  return await screen.findByRole('menuitem', { name, hidden });
}
