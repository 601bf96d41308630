import { Kbd, Table } from '@mantine/core';
import { Dialog } from '../components/dialog.tsx';
import { useTexts } from '../text/language.tsx';

interface Props {
  readonly paletteKeys: string;
  readonly onClose: () => void;
}

const all = ['palette', 'search', 'shortcuts', 'close'] as const;

/** The list of keyboard shortcuts. Opened with `?`. */
export default function Shortcuts({ paletteKeys, onClose }: Props) {
  const keys = { palette: paletteKeys, search: '/', shortcuts: '?', close: 'Esc' };
  const { shell } = useTexts();
  return (
    <Dialog title={shell.shortcuts} onClose={onClose}>
      <Table aria-label={shell.shortcuts}>
        <Table.Tbody>
          {all.map((name) => (
            <Table.Tr key={name}>
              <Table.Th scope="row" fw={400}>
                {shell.shortcutList[name]}
              </Table.Th>
              <Table.Td ta="right">
                <Kbd>{keys[name]}</Kbd>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Dialog>
  );
}
