import { Menu, type MenuItemProps } from '@mantine/core';
import type { KeyboardEvent, ReactNode } from 'react';

interface Props extends Pick<MenuItemProps, 'color' | 'leftSection' | 'rightSection'> {
  readonly lang?: string;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

const clickOnKey = (event: KeyboardEvent<HTMLDivElement>) => {
  if (event.key !== 'Enter' && event.key !== ' ') return;
  event.preventDefault();
  event.currentTarget.click();
};

/**
 * An item of a menu. Mantine puts blocks into it, which a button must not contain; keys do what they do with
 * a button.
 */
export const MenuItem = (props: Props) => <Menu.Item component="div" onKeyDown={clickOnKey} {...props} />;
