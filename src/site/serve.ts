import {createServer, type Server} from "node:http";
import sirv from "sirv";

/** A site being served. */
export interface Served {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves a built site on this machine alone, `.gz` files to those who take them.
 * Shape: the directory, and the port to try first (0: any); taken ports are passed over, at most 50 of them.
 * Errors: the server's own when no port is free.
 * @example const {url, close} = await serveSite("dist", 3000)
 */
export async function serveSite(directory: string, port = 3000): Promise<Served> {
  const handler = sirv(directory, {gzip: true, etag: true, dev: false});
  const server = createServer((request, response) => {
    handler(request, response, () => {
      response.writeHead(404, {"content-type": "text/plain; charset=utf-8"});
      response.end("没有这一页");
    });
  });
  const last = port === 0 ? 0 : port + 50;
  for (let at = port; ; at++) {
    const failure = await listen(server, at);
    if (failure === null) break;
    if (failure.code !== "EADDRINUSE" || at >= last) throw failure;
  }
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === "object" && address ? address.port : port}/`,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      })
  };
}

function listen(server: Server, port: number): Promise<NodeJS.ErrnoException | null> {
  return new Promise((done) => {
    const failed = (error: NodeJS.ErrnoException) => done(error);
    server.once("error", failed);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", failed);
      done(null);
    });
  });
}
