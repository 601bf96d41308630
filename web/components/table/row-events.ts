import type { KeyboardEvent, MouseEvent, SyntheticEvent } from 'react';

/** Elements that handle clicks and keys themselves. */
const controls = 'a, button, input, select, textarea, label, summary, [role=menuitem]';
const typedInto = 'input:not([type=checkbox]), select, textarea, [aria-haspopup]';

/** The row of an event; null for overlays, which are only React children of a row. */
function rowOf({ target, currentTarget }: SyntheticEvent): HTMLTableRowElement | null {
  if (!(target instanceof Element) || !currentTarget.contains(target)) return null;
  return target.closest<HTMLTableRowElement>('tbody > tr');
}

const linkOf = (row: Element) => row.querySelector<HTMLAnchorElement>('a[data-opens]');
const boxOf = (row: Element) => row.querySelector<HTMLInputElement>('td:first-child > input[type=checkbox]');

/** The row's focusable element: the link that opens it, otherwise its first control. */
const handleOf = (row: Element): HTMLElement | null =>
  linkOf(row) ?? row.querySelector<HTMLElement>('a, button, input');

const isMarkingText = () => document.getSelection()?.isCollapsed === false;

/**
 * A click anywhere in a row follows its link. With a modifier key or the middle button it opens a new tab,
 * as the browser does for the link itself.
 */
export function openByClick(event: MouseEvent, go: (href: string) => void): void {
  const row = rowOf(event);
  const link = row === null ? null : linkOf(row);
  if (link === null || !(event.target instanceof Element)) return;
  const isElsewhere = event.button === 1 || event.ctrlKey || event.metaKey || event.shiftKey;
  const control = event.target.closest(controls);
  if (control !== null && (control !== link || isElsewhere)) return;
  if (control === null && isMarkingText()) return;
  if (isElsewhere) window.open(link.href, '_blank', 'noopener');
  else if (event.button === 0) {
    event.preventDefault();
    go(link.getAttribute('href') ?? '');
  }
}

const neighbours: Readonly<Record<string, (row: Element) => Element | null | undefined>> = {
  ArrowDown: (row) => row.nextElementSibling,
  ArrowUp: (row) => row.previousElementSibling,
  Home: (row) => row.parentElement?.firstElementChild,
  End: (row) => row.parentElement?.lastElementChild,
};

/** Arrow keys, Home and End move between rows, Enter opens, Space selects. Form fields keep their keys. */
export function moveByKey(event: KeyboardEvent): void {
  const row = rowOf(event);
  const { target, key } = event;
  if (row === null || !(target instanceof Element) || target.matches(typedInto)) return;
  const neighbour = neighbours[key];
  if (neighbour !== undefined) {
    event.preventDefault();
    const next = neighbour(row);
    if (next) handleOf(next)?.focus();
    return;
  }
  if (target.matches('button')) return;
  const box = boxOf(row);
  if (key === ' ' && box !== null && box !== target) {
    event.preventDefault();
    box.click();
  }
  if (key === 'Enter' && target === box) linkOf(row)?.click();
}

/** Shows truncated text in full on hover. */
export function sayWhole({ target }: SyntheticEvent): void {
  if (!(target instanceof Element)) return;
  const cell = target.closest<HTMLElement>('td, th');
  if (cell === null || cell.closest('table') === null) return;
  const cut = [cell, ...cell.querySelectorAll('*')].some((part) => part.scrollWidth > part.clientWidth + 1);
  if (cut) cell.title = cell.textContent;
  else cell.removeAttribute('title');
}
