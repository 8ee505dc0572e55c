export function workOffline(root: string): void;
export function answer(input: string | URL | Request): Promise<Response>;
