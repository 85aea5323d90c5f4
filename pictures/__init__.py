"""Pictures are hostile until proved otherwise; what is shown to others is drawn anew."""
