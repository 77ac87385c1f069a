export { randomBytes } from '#backend';
