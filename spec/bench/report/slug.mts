/** A title as the name of a file. */
export function slug(title: string): string { return title.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/-$/, '') }
