import { fireEvent, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import type { Role } from '../../../../domain/access/roles.schema.ts';
import { english } from '../english.ts';
import { type Replies, refusal } from '../render-app.tsx';
import { own } from '../small-organization.ts';

/** Something that a user submits with a click. */
export interface Submit {
  readonly role: Role;
  readonly path: string;
  readonly name: string;
  /** The request that it sends: `METHOD /path`. */
  readonly sends: string;
  /** Performs the preceding steps, and finds the button to click. */
  readonly prepare: () => Promise<HTMLElement>;
  /**
   * Responses during the preceding steps, also to the same request, in addition to those of an organization
   * with one of everything.
   */
  readonly before?: Replies;
}

export const admin = (path: string) => ({ role: 'org_admin', path: `${own}${path}` }) as const;
export const platform = (path: string) => ({ role: 'super_admin', path: `/admin${path}` }) as const;

export const ok = (body: unknown) => ({ status: 200, body });
const stale = refusal(412, 'stale', 'It was changed.');

/** A resource that has changed in the meantime, so that a change based on the old version is refused. */
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

/** Without typing delay, which isn't tested here. */
export const write = (field: HTMLElement, value: string): void =>
  void fireEvent.change(field, { target: { value } });

export const type = async (label: string | RegExp, text: string): Promise<void> =>
  write(await screen.findByRole('textbox', { name: label }), text);

/** The button of the topmost dialog. */
export const inDialog = async (title: string, name: string): Promise<HTMLElement> =>
  within(await screen.findByRole('dialog', { name: title })).getByRole('button', { name });

/** Submits a dialog, and finds the button that saves the user's version over another user's. */
export async function keepMine(title: string): Promise<HTMLElement> {
  await userEvent.click(await inDialog(title, english.common.save));
  return await inDialog(english.shell.conflict.title, english.shell.conflict.keepMine);
}

// Without a layout, dropdowns count as invisible.
const hidden = true;

/** An option of a field's list. */
export const option = (name: RegExp): Promise<HTMLElement> => screen.findByRole('option', { name, hidden });

/** A menu item. */
export async function inMenu(menu: string, name: string): Promise<HTMLElement> {
  await click(menu);
  return await screen.findByRole('menuitem', { name, hidden });
}
