import { faultOf } from './fault';

/** Without proof every address of the gateway is its login page, so the page is loaded anew. */
export const toLogin = () => location.replace('/');

/**
 * Ends the login of this browser.
 * @throws {ApiFault} The gateway said no.
 */
export async function logout(csrf: string): Promise<void> {
  const response = await fetch('/logout', { method: 'POST', credentials: 'same-origin', headers: { 'X-CriAttach-Csrf': csrf } });
  if (!response.ok && response.status !== 401) throw faultOf(response.status, undefined);
  toLogin();
}
