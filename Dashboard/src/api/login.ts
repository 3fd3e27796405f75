/** Without proof every address of the gateway is its login page, so the page is loaded anew. */
export const toLogin = () => location.replace('/');

/** Ends the login of this browser. */
export async function logout(csrf: string): Promise<void> {
  await fetch('/logout', { method: 'POST', credentials: 'same-origin', headers: { 'X-CriAttach-Csrf': csrf } });
  toLogin();
}
