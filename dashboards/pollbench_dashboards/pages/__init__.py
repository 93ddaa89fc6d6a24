"""The pages of the site: content, templates, exports, legal mentions."""
