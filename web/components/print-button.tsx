import { Button } from '@mantine/core';
import IconPrinter from '@tabler/icons-react/icons/IconPrinter';
import { useTexts } from '../text/language.tsx';

/** Prints the page as a report; print.css defines its layout on paper. */
export const PrintButton = () => (
  <Button
    variant="default"
    leftSection={<IconPrinter size={16} aria-hidden />}
    onClick={() => window.print()}
  >
    {useTexts().common.print}
  </Button>
);
