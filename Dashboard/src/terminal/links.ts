/** Opens a link that was clicked in a container's output: web addresses only, and the other page learns nothing of this one. */
export function openLink(address: string): void {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return; // not an address: nothing to open
  }
  if (url.protocol === 'http:' || url.protocol === 'https:') window.open(url.href, '_blank', 'noopener,noreferrer');
}
