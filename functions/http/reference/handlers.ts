import { htmlPage } from '../file-answer.ts';
import { openApiDocument } from '../openapi/document.ts';
import { pageStyleHash, referencePage } from '../openapi/page.ts';
import { resource } from '../resource.ts';
import type { Route } from '../route.ts';
import { referenceRoutes } from './routes.ts';

/**
 * The API about itself. It is made of the whole route table, and so loaded by nobody who doesn't ask for it.
 */
export const reference = (routes: Readonly<Record<string, Route>>) => {
  const document = openApiDocument(routes);
  const page = htmlPage(referencePage(document), pageStyleHash);
  return resource(referenceRoutes, {
    getOpenApiDocument: async () => ({ ...document }),
    getReferencePage: async () => page,
  });
};
