# Prints what obs-build reads from project configs: lists.pl ARCH FILE [ARCH FILE...], with Build.pm in @INC.
# For each: a line "config ARCH FILE", then "KEYWORD<TAB>WORDS" for each keyword that this version knows.
use strict;
use warnings;
use Build (':rpm');

$SIG{__WARN__} = sub { };
while (@ARGV) {
    my ($arch, $file) = splice(@ARGV, 0, 2);
    my $config = Build::read_config($arch, $file);
    print "config $arch $file\n";
    for my $keyword (qw{preinstall vminstall required support onlynative alsonative}) {
        print "$keyword\t" . join(' ', @{ $config->{$keyword} }) . "\n" if exists $config->{$keyword};
    }
    print "hostarch\t" . ($config->{'hostarch'} // '') . "\n";
    print "substituted\t" . join(' ', Build::do_subst($config, @{ $config->{'required'} }, @{ $config->{'support'} })) . "\n";
    print "error\t$config->{'parse_error'}\n" if $config->{'parse_error'};
}
