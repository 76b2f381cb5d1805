/** What the API server's refusals mean, and who waits how long because of them. Knows no client: it gets the answers as arguments. */
package dev.smartdispatcher.operator.client.refusal;
