/** What past builds of a package needed, as the operator learns it. */
package dev.smartdispatcher.api.profile;
