// A certified OpenID Connect provider on loopback, for the tests alone. Anybody named in PEOPLE may sign in, with any password.
import { Provider } from 'oidc-provider';

const { ISSUER, CLIENT, SECRET, BACK } = process.env;
const people = JSON.parse(process.env.PEOPLE);

const provider = new Provider(ISSUER, {
  clients: [{ client_id: CLIENT, client_secret: SECRET, redirect_uris: JSON.parse(BACK) }],
  pkce: { required: () => true },
  claims: { openid: ['sub'], profile: ['preferred_username'] },
  cookies: { keys: ['made-up-key-of-a-made-up-provider'] },
  features: { devInteractions: { enabled: true } },
  // A subject is not the name that a person types: it stays when the account's name changes.
  findAccount: (ctx, subject) => (subject in people
    ? { accountId: subject, claims: () => ({ sub: subject, preferred_username: people[subject] }) }
    : undefined),
});

const server = provider.listen(Number(new URL(ISSUER).port), '127.0.0.1', () => console.log('ready'));
process.on('SIGTERM', () => server.close(() => process.exit(0)));
