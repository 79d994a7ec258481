"""Official documents on paper: one structure, one layout, rendered as docx, PDF and xlsx.

What is written on paper is Vietnamese whatever language its maker reads: its fixed words stand
here, not in the catalogues.
"""
