/**
 * The pages that the operator and the node agents serve over plain HTTP, by one server that is configured once: no client,
 * however slow or numerous, keeps others waiting.
 */
package dev.smartdispatcher.web;
