export { sha256 } from '#backend';
