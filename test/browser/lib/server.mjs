// A static server as a plain host of files is: index.html for folders, 404.html for what does not exist.
import { readFile, stat } from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.htm': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.json': 'application/json',
  '.md': 'text/markdown; charset=utf-8',
  '.toml': 'text/plain; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.xml': 'application/xml',
};

// The names without an ending are SHA256SUMS, LOG and the like.
const typeOf = (file) => TYPES[path.extname(file)] ?? 'text/plain; charset=utf-8';

async function resolve(folder, address) {
  const file = path.join(folder, path.normalize(address));
  const info = await stat(file).catch(() => null);
  if (!info) return {};
  if (!info.isDirectory()) return { file };
  if (!address.endsWith('/')) return { redirect: `${address}/` };
  const index = path.join(file, 'index.html');
  return (await stat(index).catch(() => null)) ? { file: index } : {};
}

// The site in the folder is served below base, which begins and ends with a slash. The folder may be made later. Each
// address that is asked for is told to heard; headers are sent with every answer.
export async function serve(folder, base = '/', { heard = () => {}, headers = {} } = {}) {
  const server = http.createServer(async (request, response) => {
    try {
      const address = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
      heard(address);
      const found = address.startsWith(base) ? await resolve(folder, address.slice(base.length - 1)) : {};
      if (found.redirect) {
        response.writeHead(301, { location: base.slice(0, -1) + found.redirect }).end();
        return;
      }
      const file = found.file ?? path.join(folder, '404.html');
      response.writeHead(found.file ? 200 : 404, { ...headers, 'content-type': typeOf(file) }).end(await readFile(file));
    } catch (error) {
      response.writeHead(500, { 'content-type': 'text/plain' }).end(String(error));
    }
  });
  await new Promise((ready, failed) => server.once('error', failed).listen(0, '127.0.0.1', ready));
  const origin = `http://127.0.0.1:${server.address().port}`;
  return {
    origin,
    home: origin + base,
    close() {
      server.closeAllConnections?.();
      return new Promise((closed) => server.close(closed));
    },
  };
}
