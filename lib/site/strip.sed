# What a browser does not need of a script or a style written by hand: indentation, comments that end a line or fill it, empty lines. The first comment
# stays: it says whose file it is.
1,/\*\/$/b
s/^	*//
/^\/\*.*\*\/$/d
/^\/\*/,/\*\/$/d
s/[	 ]*\/\* [^*]*\*\/$//
/^$/d
