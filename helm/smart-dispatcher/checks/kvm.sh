# Whether a virtual machine starts, as jobs with the isolation KVM need. On x86_64 a guest of two instructions writes one byte to a
# port and halts; elsewhere a machine with one processor is made.
command -v perl >/dev/null || {
    echo "the image lacks perl"
    exit 125
}
exec perl - <<'PERL'
use strict;
use warnings;

sub fail { print "$_[0]: $!\n"; exit 1 }

# ioctl(2) as it is: perl says "0 but true" for 0.
sub control {
    # The argument as it is, not a copy: the kernel writes into it.
    my $answer = ioctl($_[0], $_[1], $_[2]);
    defined $answer or fail($_[3]);
    return $answer eq '0 but true' ? 0 : $answer;
}

sub handle {
    open(my $handle, '+<&=', $_[0]) or fail('descriptor');
    return $handle;
}

open(my $kvm, '+<', '/dev/kvm') or fail('open /dev/kvm');
my $version = control($kvm, 0xAE00, 0, 'KVM_GET_API_VERSION');
print "api=$version\n";
my $vm = handle(control($kvm, 0xAE01, 0, 'KVM_CREATE_VM'));
# Where processors of Intel that cannot run real mode themselves keep what it takes.
ioctl($vm, 0xAE47, 0xfffbd000);
my $vcpu = handle(control($vm, 0xAE41, 0, 'KVM_CREATE_VCPU'));
chomp(my $machine = `uname -m`);
if ($machine ne 'x86_64') {
    print "guest=created\n";
    exit 0;
}

# One page of memory at the guest's address 0: mov al, 'K'; out 0x10, al; hlt
my $memory = "\0" x 8192;
vec($memory, 0, 8) = 0;
my $address = unpack('J', pack('p', $memory));
my $page = ($address + 4095) & ~4095;
substr($memory, $page - $address, 5) = "\xb0\x4b\xe6\x10\xf4";
control($vm, 0x4020AE46, my $region = pack('L L Q Q Q', 0, 0, 0, 4096, $page), 'KVM_SET_USER_MEMORY_REGION');

my $sregs = "\0" x 312;
control($vcpu, 0x8138AE83, $sregs, 'KVM_GET_SREGS');
# Base and selector of the code segment, which comes first.
substr($sregs, 0, 8) = "\0" x 8;
substr($sregs, 12, 2) = "\0\0";
control($vcpu, 0x4138AE84, $sregs, 'KVM_SET_SREGS');
control($vcpu, 0x4090AE82, my $regs = pack('Q16 Q Q', (0) x 16, 0, 2), 'KVM_SET_REGS');

my $size = control($kvm, 0xAE04, 0, 'KVM_GET_VCPU_MMAP_SIZE');
my $run = syscall(9, 0, $size, 3, 1, fileno($vcpu), 0);
$run != -1 or fail('mmap');
sub seen { return unpack($_[1], unpack('P64', pack('J', $run)) =~ s/^.{$_[0]}//rs) }

control($vcpu, 0xAE80, 0, 'KVM_RUN');
# KVM_EXIT_IO, port 0x10
if (seen(8, 'L') != 2 || seen(34, 'S') != 0x10) {
    print 'the guest did not run: exit reason ', seen(8, 'L'), "\n";
    exit 1;
}
control($vcpu, 0xAE80, 0, 'KVM_RUN');
# KVM_EXIT_HLT
if (seen(8, 'L') != 5) {
    print 'the guest did not halt: exit reason ', seen(8, 'L'), "\n";
    exit 1;
}
print "guest=ran\n";
PERL
