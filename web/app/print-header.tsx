import { useEffect } from 'react';
import { useMember } from '../lib/member.tsx';
import { useFormats, useTexts } from '../text/language.tsx';
import { useVisitedName } from './context-switcher.tsx';
import { useVisited } from './navigation.ts';

const scheme = 'data-mantine-color-scheme';

/** Paper is white, so printing always uses the light theme. */
function useLightOnPaper(): void {
  useEffect(() => {
    const root = document.documentElement;
    let shown: string | null = null;
    const lighten = () => {
      shown = root.getAttribute(scheme);
      root.setAttribute(scheme, 'light');
    };
    const restore = () => {
      if (shown !== null) root.setAttribute(scheme, shown);
    };
    window.addEventListener('beforeprint', lighten);
    window.addEventListener('afterprint', restore);
    return () => {
      window.removeEventListener('beforeprint', lighten);
      window.removeEventListener('afterprint', restore);
    };
  }, []);
}

/** A header that appears only in print: whose report it is, and when it was printed. */
export function PrintHeader() {
  const { shell } = useTexts();
  const visited = useVisited();
  const visitedName = useVisitedName(visited);
  const { organization } = useMember();
  const { date } = useFormats();
  useLightOnPaper();
  return (
    <div className="print-header" aria-hidden>
      <strong>
        <bdi>{visited === null ? organization.name : visitedName}</bdi>
      </strong>
      <span>{shell.printed(date(new Date().toISOString()))}</span>
    </div>
  );
}
