import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import classes from '../../web/components/data-table.module.css';
import { DataTable } from '../../web/components/data-table.tsx';

const table = (rows: number, long: boolean) => {
  const items = Array.from({ length: rows }, (_, index) => String(index));
  const { unmount } = render(
    <DataTable
      label="Numbers"
      columns={[{ title: 'Number', cell: (item) => item }]}
      items={items}
      keyOf={(item) => item}
      long={long}
    />,
  );
  const looks = [...screen.getByRole('table', { name: 'Numbers' }).classList];
  unmount();
  return looks;
};

it('leaves rows out of sight for later only where there are more than fifty, and may be thousands', () => {
  expect(classes.many).toBeTypeOf('string');
  expect(table(51, true)).toContain(classes.many);
  expect(table(50, true)).not.toContain(classes.many);
  expect(table(51, false)).not.toContain(classes.many);
});
