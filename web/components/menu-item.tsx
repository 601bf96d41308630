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
 * A menu item. Mantine renders block elements inside, which a button must not contain; keys work as on a
 * button.
 */
export const MenuItem = (props: Props) => <Menu.Item component="div" onKeyDown={clickOnKey} {...props} />;
